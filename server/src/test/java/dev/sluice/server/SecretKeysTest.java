package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.webhook.WebhookSettings;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.server.config.ConfigSources;
import dev.sluice.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the keys that encrypt secrets come from.
final class SecretKeysTest {

  private static final String KEY = "ab".repeat(32);

  @TempDir private Path folder;

  private ServerConfig config(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("DATA_DIR", folder.resolve("data").toString());
    return ServerConfig.of(ConfigSources.gather(Map.of(), all, Optional.empty()));
  }

  private Optional<String> keys(String... environment) {
    Map<String, String> given = new HashMap<>();
    for (int index = 0; index < environment.length; index += 2) {
      given.put(environment[index], environment[index + 1]);
    }
    return SecretKeys.of(config(given)).map(Supplier::get);
  }

  private Path file() {
    return folder.resolve("data").resolve("secrets.key");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("data"))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void nodeWithSqlite_makesAFileOnceThatOthersCannotRead() throws IOException {
    String made = keys().orElseThrow();

    assertThat(WebhookSettings.problemWithKeys(made)).isEmpty();
    assertThat(Files.readString(file()).strip()).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(files()).containsExactly("secrets.key");
    assertThat(keys()).contains(made);
  }

  @Test
  void fileThatNobodyNeeds_isNotMade() {
    assertThat(SecretKeys.of(config(Map.of()))).isPresent();
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void damagedFile_isFoundAtTheStart() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(file(), "hidden");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> SecretKeys.of(config(Map.of())));
  }

  @Test
  void processesThatStartTogether_useOneKey() throws Exception {
    var together = new CyclicBarrier(4);
    Callable<String> start =
        () -> {
          together.await();
          return keys().orElseThrow();
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      Set<String> found = new HashSet<>();
      for (Future<String> one : threads.invokeAll(List.of(start, start, start, start))) {
        found.add(one.get());
      }
      assertThat(found).hasSize(1);
    }
    assertThat(files()).containsExactly("secrets.key");
  }

  @Test
  void givenKey_isUsedAndNoFileMade() {
    assertThat(keys("SECRETS_KEY", KEY)).contains(KEY);
    assertThat(file()).doesNotExist();
  }

  @Test
  void memory_getsANewKeyEachTime() {
    Set<String> made =
        Stream.of(keys("STORAGE", "memory"), keys("STORAGE", "memory"))
            .map(Optional::orElseThrow)
            .collect(Collectors.toSet());

    assertThat(made).hasSize(2);
    assertThat(file()).doesNotExist();
  }

  @Test
  void sharedStorage_needsAGivenKey() {
    String[] postgres = {"STORAGE", "postgres", "DATABASE_URL", "postgresql://u:p@h/d"};
    String[] broker = {"STORAGE", "broker", "AMQP_URL", "amqp://h", "REDIS_URL", "redis://h"};

    assertThat(keys(postgres)).isEmpty();
    assertThat(keys(broker)).isEmpty();
    assertThat(file()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hidden", "hidden hidden"})
  void damagedFile_isNamedAndNotRepeated(String content) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(file(), content);

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(this::keys)
        .withMessageContaining(file().toString())
        .withMessageContaining("SECRETS_KEY")
        .withMessageNotContaining("hidden");
  }

  @Test
  void folderThatIsAFile_isExplained() throws IOException {
    Files.writeString(folder.resolve("data"), "");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(this::keys)
        .withMessageContaining(file().toString());
  }
}
