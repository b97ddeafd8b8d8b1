/** A bare Bolt app that only acknowledges, as its documentation writes one: the floor that Docket is measured by. */
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';

const { BENCH_PORT, SLACK_API_URL = '', SLACK_APP_TOKEN, SLACK_SIGNING_SECRET = '' } = process.env;
const clientOptions = { slackApiUrl: SLACK_API_URL };
const receiver = SLACK_APP_TOKEN
  ? new SocketModeReceiver({
      appToken: SLACK_APP_TOKEN,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions },
    })
  : new HTTPReceiver({ signingSecret: SLACK_SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App({ token: 'xoxb-bench', receiver, clientOptions, logLevel: LogLevel.ERROR });
app.command('/change', ({ ack }) => ack());
app.action('approve', ({ ack }) => ack());
app.view('ask-form', ({ ack }) => ack());
await app.start(Number(BENCH_PORT));
process.stdout.write('ready\n');
