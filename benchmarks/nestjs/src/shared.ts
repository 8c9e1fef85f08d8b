import { RmqOptions, Transport } from '@nestjs/microservices';

export interface Event {
  event_id: string;
  event_type?: string;
  payload: unknown;
}

export const PATTERN = 'event';

export function setting(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is missing`);
  }
  return value;
}

/** A durable quorum queue, like those of Sluice, with its own name. */
export function rabbit(): RmqOptions & { options: object } {
  return {
    transport: Transport.RMQ,
    options: {
      urls: [setting('AMQP_URL')],
      queue: 'nestjs.benchmark',
      queueOptions: { durable: true, arguments: { 'x-queue-type': 'quorum' } },
    },
  };
}
