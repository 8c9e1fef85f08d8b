package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.PortException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Maps PostgreSQL's errors to those whom they concern.
final class PostgresFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "22003, DATA",
    "22P05, DATA",
    "23505, DATA",
    "40001, CONFLICT",
    "40P01, CONFLICT",
    "55P03, STATEMENT",
    "57014, STATEMENT",
    "53100, STATEMENT",
    "42P01, STATEMENT",
    "57P01, DATABASE",
    "57P03, DATABASE",
    "08006, DATABASE",
    "53300, DATABASE",
    "25006, DATABASE",
    "'', DATABASE"
  })
  void state_saysWhomItConcerns(String state, AppendGroupCommit.Trouble expected) {
    PortException failure = PostgresFailures.translate(new SQLException("made up", state));

    assertThat(PostgresFailures.troubleOf(failure)).isEqualTo(expected);
  }
}
