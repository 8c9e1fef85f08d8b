package violation.application.operate;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// The application generates randomness itself.
public final class RollsDice {

  final UUID id = UUID.randomUUID();
  final double number = Math.random();
  final int die = ThreadLocalRandom.current().nextInt(6);
  final List<RandomGenerator> dice =
      List.of(
          new Random(), new SplittableRandom(), new SecureRandom(), RandomGenerator.getDefault());
}
