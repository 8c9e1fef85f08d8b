package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The table in docs/configuration.md and the configuration keys agree.
final class ConfigurationDocsTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| ([^|]*) \\| ([^|]+) \\|");

  private record Row(String key, String defaultValue, String text) {}

  private static List<Row> rows() throws IOException {
    var rows = new ArrayList<Row>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line.replace("\\|", "/"));
      if (row.matches()) {
        rows.add(new Row(row.group(1), row.group(2).strip(), row.group(3).strip()));
      }
    }
    return rows;
  }

  @Test
  void everyKey_isDescribedInItsOrder() throws IOException {
    assertThat(rows())
        .extracting(Row::key)
        .containsExactlyElementsOf(Arrays.stream(ConfigKey.values()).map(Enum::name).toList());
  }

  @Test
  void everyDefault_isTheOneInForce() throws IOException {
    for (Row row : rows()) {
      String inForce = ConfigKey.valueOf(row.key()).defaultText();
      if (!inForce.isEmpty()) {
        assertThat(row.defaultValue()).as(row.key()).isEqualTo(inForce);
      }
    }
  }

  /// The page may say more than the help of the command line, which is one line.
  @Test
  void everyDescription_beginsLikeTheHelp() throws IOException {
    for (Row row : rows()) {
      String help = ConfigKey.valueOf(row.key()).help();
      String beginning = help.split("[;:(,]", 2)[0].strip();
      assertThat(row.text().replace("`", "")).as(row.key()).contains(beginning);
    }
  }
}
