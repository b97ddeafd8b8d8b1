import { RichText } from '../text/rich-text.tsx';
import { Plain } from '../text/text.tsx';
import { Actions } from './actions.tsx';
import { Alert } from './alert.tsx';
import { Card } from './card.tsx';
import { Container } from './container.tsx';
import { Context } from './context.tsx';
import { DataTable } from './data-table.tsx';
import { DataVisualization } from './data-visualization.tsx';
import { ImageFrame } from './image.tsx';
import { Input } from './input.tsx';
import { Markdown } from './markdown.tsx';
import { Section } from './section.tsx';
import type { PageBlock } from './types.ts';

/** One block. */
export function Block({ of }: { of: PageBlock }) {
  switch (of.type) {
    case 'section':
      return <Section of={of} />;
    case 'header':
      return (
        <h3 className="block-header">
          <Plain of={of.text} />
        </h3>
      );
    case 'divider':
      return <hr />;
    case 'context':
      return <Context of={of} />;
    case 'actions':
      return <Actions of={of} />;
    case 'input':
      return <Input of={of} />;
    case 'image':
      return <ImageFrame of={of} />;
    case 'rich_text':
      return <RichText of={of} />;
    case 'markdown':
      return <Markdown text={of.text} />;
    case 'alert':
      return <Alert of={of} />;
    case 'card':
      return <Card of={of} />;
    case 'carousel':
      return of.elements.map((card) => <Card key={card.block_id} of={card} />);
    case 'container':
      return <Container of={of} />;
    case 'data_table':
      return <DataTable rows={of.rows} caption={of.caption} pageSize={of.page_size} />;
    case 'table':
      return <DataTable rows={of.rows} />;
    case 'data_visualization':
      return <DataVisualization of={of} />;
    case 'context_actions':
    case 'file':
    case 'plan':
    case 'task_card':
    case 'video':
      return <p className="quiet">(A “{of.type}” block: Slack shows it, local Slack does not.)</p>;
    default:
      return of satisfies never;
  }
}
