package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaTypesTest {

  @ParameterizedTest
  @CsvSource({
    "application/json,JSON",
    "APPLICATION/JSON,JSON",
    "application/json; charset=utf-8,JSON",
    "application/json;charset=\"UTF-8\",JSON",
    "application/json; version=1; charset=UTF-8,JSON",
    "application/x-ndjson,NDJSON",
    "application/ndjson,NDJSON",
    "application/jsonl,NDJSON",
    "application/cloudevents+json; charset=UTF-8,CLOUD_EVENT",
    "application/cloudevents-batch+json,CLOUD_EVENT_BATCH"
  })
  void knownType_isFound(String contentType, MediaTypes type) {
    assertThat(MediaTypes.of(Optional.of(contentType))).contains(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/json",
        "application/json; charset=utf-16",
        "application/json;charset=latin1",
        "application/json+x"
      })
  void otherType_isUnknown(String contentType) {
    assertThat(MediaTypes.of(Optional.of(contentType))).isEmpty();
  }

  @Test
  void noType_isJson() {
    assertThat(MediaTypes.of(Optional.empty())).contains(MediaTypes.JSON);
  }
}
