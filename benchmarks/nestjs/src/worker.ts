import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload, RmqContext, RmqOptions } from '@nestjs/microservices';
import Redis from 'ioredis';
import { Event, PATTERN, rabbit, setting } from './shared';

const SECONDS_AT_WORK = 60;
const SECONDS_REMEMBERED = 24 * 60 * 60;

const redis = new Redis(setting('REDIS_URL'));

function consuming(): RmqOptions {
  const { transport, options } = rabbit();
  return { transport, options: { ...options, noAck: false, prefetchCount: 64 } };
}

/** Sets a key for each event, so that none is processed twice; does no other work. */
@Controller()
class WorkController {
  private completed = 0;

  @EventPattern(PATTERN)
  async handle(@Payload() event: Event, @Ctx() context: RmqContext): Promise<void> {
    const key = `processed:${event.event_id}`;
    if (await redis.set(key, 'at work', 'EX', SECONDS_AT_WORK, 'NX')) {
      await redis.set(key, 'done', 'EX', SECONDS_REMEMBERED);
    }
    context.getChannelRef().ack(context.getMessage());
    this.completed++;
  }

  @Get('stats')
  stats(): object {
    return { totals: { accepted: 0, completed: this.completed } };
  }
}

@Module({ controllers: [WorkController] })
class WorkerModule {}

async function start(): Promise<void> {
  const app = await NestFactory.create(WorkerModule, { logger: ['error', 'warn'] });
  app.connectMicroservice<RmqOptions>(consuming());
  await app.startAllMicroservices();
  await app.listen(Number(setting('PORT')), '127.0.0.1');
}

void start();
