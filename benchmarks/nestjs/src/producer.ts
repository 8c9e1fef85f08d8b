import 'reflect-metadata';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Module,
  OnApplicationBootstrap,
  Post,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxy, ClientsModule, RmqOptions } from '@nestjs/microservices';
import { randomUUID } from 'node:crypto';
import { lastValueFrom } from 'rxjs';
import { Event, PATTERN, rabbit, setting } from './shared';

const CLIENT = 'EVENTS';
const LONGEST_ID = 255;

/**
 * ClientRMQ publishes on a channel with confirms. Programs usually ignore the result of emit(), so
 * the response does not wait for the confirm; with AWAIT_CONFIRM=true it does, as in Sluice.
 */
const awaitsConfirm = process.env.AWAIT_CONFIRM === 'true';

function publishing(): RmqOptions {
  const { transport, options } = rabbit();
  return { transport, options: { ...options, persistent: true } };
}

@Controller()
class EventsController implements OnApplicationBootstrap {
  private accepted = 0;

  constructor(@Inject(CLIENT) private readonly client: ClientProxy) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.client.connect();
  }

  @Post('events')
  @HttpCode(202)
  async accept(@Body() body: Partial<Event>): Promise<{ event_id: string }> {
    const event = checked(body);
    const published = this.client.emit(PATTERN, event);
    if (awaitsConfirm) {
      await lastValueFrom(published, { defaultValue: undefined });
    }
    this.accepted++;
    return { event_id: event.event_id };
  }

  @Get('stats')
  stats(): object {
    return { totals: { accepted: this.accepted, completed: 0 } };
  }
}

function checked(body: Partial<Event>): Event {
  const id = body.event_id ?? randomUUID();
  if (typeof id !== 'string' || id.length === 0 || id.length > LONGEST_ID) {
    throw new BadRequestException(`event_id must be a text of 1 to ${LONGEST_ID} characters`);
  }
  if (body.payload === undefined) {
    throw new BadRequestException('payload is missing');
  }
  return { event_id: id, event_type: body.event_type, payload: body.payload };
}

@Module({
  imports: [ClientsModule.register([{ name: CLIENT, ...publishing() }])],
  controllers: [EventsController],
})
class ProducerModule {}

async function start(): Promise<void> {
  const app = await NestFactory.create(ProducerModule, { logger: ['error', 'warn'] });
  await app.listen(Number(setting('PORT')), '127.0.0.1');
}

void start();
