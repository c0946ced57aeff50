/** Region of calls that name none. */
export const REGION = "eu-west-3";

/** The emulator's account. */
export const ACCOUNT = "123456789012";

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly target?: string;
  readonly body?: string;
  readonly region?: string;
}

/** What a call was answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Calls of an AWS service in its own words, for services without a client here. The emulator does not look at signatures. */
export class EmulatorCalls {
  /** `service` is the name requests are signed for. */
  constructor(
    private readonly url: string,
    private readonly service: string,
    private readonly targetPrefix = "",
  ) {}

  /** Any request. */
  async send({ method = "POST", path = "/", target, body, region = REGION }: Call): Promise<Answer> {
    const headers: Record<string, string> = {
      authorization: `AWS4-HMAC-SHA256 Credential=x/20260101/${region}/${this.service}/aws4_request, SignedHeaders=host, Signature=x`,
    };
    if (target !== undefined) {
      headers["x-amz-target"] = target;
      headers["content-type"] = "application/x-amz-json-1.1";
    } else if (body?.startsWith("Action=")) {
      headers["content-type"] = "application/x-www-form-urlencoded; charset=utf-8";
    }
    const response = await fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: response.status, text: await response.text() };
  }

  /** An action of a service that speaks JSON and names its actions in a header. Fails with what an error says. */
  async action(name: string, body: object, region?: string): Promise<unknown> {
    return parsed(await this.send({ target: `${this.targetPrefix}.${name}`, body: JSON.stringify(body), region }));
  }

  /** A request with a JSON document, of a service that names its actions by paths. Fails with what an error says. */
  async document(method: string, path: string, body?: object): Promise<unknown> {
    return parsed(await this.send({ method, path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }));
  }
}

function parsed({ status, text }: Answer): unknown {
  if (status >= 300) throw new Error(text);
  return JSON.parse(text);
}
