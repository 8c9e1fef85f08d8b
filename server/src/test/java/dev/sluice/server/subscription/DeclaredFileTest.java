package dev.sluice.server.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.RetryPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeclaredFileTest {

  private static final String LOG = "types: ['*'], destination: {kind: log}";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("s.yaml"), text);
  }

  private List<DeclaredSubscription> read(String text) throws IOException {
    return DeclaredFile.read(file(text), RetryPolicy.DEFAULT);
  }

  private List<String> problems(String text) throws IOException {
    return problems(file(text));
  }

  private static List<String> problems(Path file) {
    return catchThrowableOfType(
            DeclaredFileException.class, () -> DeclaredFile.read(file, RetryPolicy.DEFAULT))
        .problems()
        .stream()
        .map(problem -> problem.substring(problem.indexOf(file.getFileName().toString())))
        .toList();
  }

  @Test
  void yamlAndJson_declareTheSame() throws IOException {
    List<DeclaredSubscription> yaml =
        read(
            """
            port: 9000
            subscriptions:
              - name: billing   # for the accountants
                types: [order.*, invoice.paid]
                filter:
                  payload: {amount: [{numeric: [">", 100.10]}], country: [NO, "1", 1, true, null, 2024-01-01]}
                destination:
                  kind: log
                timeout: 15s
            """);

    assertThat(
            read(
                """
                {"subscriptions": [ {"name": "billing", "types": ["order.*", "invoice.paid"],
                  "filter": {"payload": {"amount": [{"numeric": [">", 100.10]}],
                    "country": ["NO", "1", 1, true, null, "2024-01-01"]}},
                  "destination": {"kind": "log"}, "timeout": "15s"} ] }
                """))
        .isEqualTo(yaml);
    assertThat(yaml.getFirst().definition().filter())
        .contains(
            new EventPattern(
                "{\"payload\":{\"amount\":[{\"numeric\":[\">\",100.10]}],\"country\":"
                    + "[\"NO\",\"1\",1,true,null,\"2024-01-01\"]}}"));
  }

  @Test
  void everyProblem_isNamedWithItsLineAndPointer() throws IOException {
    assertThat(
            problems(
                """
                workers: 3
                wrokers: 3
                subscriptions:
                  - name: a
                    types: []
                    destination: {kind: pigeon}
                    timeout: 15
                  - types: ['*']
                    types: ['*']
                    destination:
                      kind: log
                  - name: a
                """))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith("s.yaml:2: /wrokers is unknown"),
            one -> assertThat(one).startsWith("s.yaml:5: /subscriptions/0/types must"),
            one -> assertThat(one).startsWith("s.yaml:6: /subscriptions/0/destination/kind must"),
            one -> assertThat(one).startsWith("s.yaml:7: /subscriptions/0/timeout must"),
            one -> assertThat(one).startsWith("s.yaml:8: /subscriptions/1/name is required"),
            one -> assertThat(one).startsWith("s.yaml:9: /subscriptions/1/types is given twice"),
            one -> assertThat(one).startsWith("s.yaml:12: /subscriptions/2/name is the name of"),
            one -> assertThat(one).startsWith("s.yaml:12: /subscriptions/2/types is required"),
            one -> assertThat(one).startsWith("s.yaml:12: /subscriptions/2/destination is req"));
  }

  @Test
  void problemInJson_isNamedWithItsPointer() throws IOException {
    assertThat(problems("{\"subscriptions\": 1}"))
        .containsExactly("s.yaml: /subscriptions must be an array of subscriptions");
    assertThat(problems("{\"subscriptions\": [}"))
        .singleElement()
        .asString()
        .contains("line 1, column 20");
  }

  @Test
  void anchors_shareAPartOfADeclaration() throws IOException {
    List<DeclaredSubscription> declared =
        read(
            """
            subscriptions:
              - {name: a, retry: &slow {max_retries: 3, base: 9s}, %s}
              - {name: b, retry: *slow, %s}
            """
                .formatted(LOG, LOG));

    assertThat(declared.get(1).definition()).isEqualTo(declared.get(0).definition());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "just text",
        "subscriptions: [",
        "subscriptions: *nowhere",
        "subscriptions: []\n---\nsubscriptions: []",
        "\tsubscriptions: []",
        "? [a]\n: 1",
        "a: &a [*a]"
      })
  void whatIsNoDocument_isOneProblem(String text) throws IOException {
    assertThat(problems(text)).hasSize(1).allMatch(problem -> problem.startsWith("s.yaml:"));
  }

  @Test
  void aliasesThatMultiply_areRefusedSoon() throws IOException {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 30; level++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ",").repeat(8)));
    }

    assertThat(problems(bomb.toString())).hasSize(1);
  }

  @Test
  void deepNesting_isRefused() throws IOException {
    assertThat(problems("subscriptions: " + "[".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("nested deeper");
  }

  @Test
  void unreadableFiles_areNamed() throws IOException {
    assertThat(problems(folder.resolve("none.yaml")))
        .containsExactly("none.yaml: cannot read it: there is no such file");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "subscriptions: [é]".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(latin)).containsExactly("latin.yaml: it is not UTF-8");
    Path large = folder.resolve("large.yaml");
    Files.write(large, new byte[DeclaredFile.MAX_BYTES + 1]);
    assertThat(problems(large)).containsExactly("large.yaml: it is larger than 16 MiB");
  }

  @Test
  void tenThousandSubscriptions_areRead() throws IOException {
    var text = new StringBuilder("subscriptions:\n");
    for (int number = 0; number < 10_000; number++) {
      text.append(
          "  - {name: s-%d, description: 'number %d', %s}\n".formatted(number, number, LOG));
    }

    assertThat(read(text.toString())).hasSize(10_000);
  }
}
