package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is not understood is refused, with a pointer.
final class PatternReaderTest {

  private static List<FieldProblem> problems(String pattern) {
    return PatternReader.read(pattern) instanceof ReadFilter.Invalid(var problems)
        ? problems
        : List.of();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[]                                             |                              | must be an"
            + " object",
        "{}                                             |                              | must not"
            + " be empty",
        "{'payload':{}}                                 | /payload                     | must not"
            + " be empty",
        "{'data':['x']}                                 | /data                        | is no"
            + " field of an event",
        "{'type':'x'}                                   | /type                        | must be an"
            + " array of conditions",
        "{'type':{'a':['x']}}                           | /type                        | must be an"
            + " array of conditions",
        "{'payload':{'a':5}}                            | /payload/a                   | must be an"
            + " array of conditions",
        "{'payload':{'a':[]}}                           | /payload/a                   | must not"
            + " be empty",
        "{'payload':{'a':[[1]]}}                        | /payload/a/0                 | must be a"
            + " string",
        "{'payload':{'a':[{}]}}                         | /payload/a/0                 | must not"
            + " be empty",
        "{'payload':{'a':[{'like':'x'}]}}               | /payload/a/0/like            | is no"
            + " operator",
        "{'payload':{'a':[{'prefix':'x','suffix':'y'}]}}| /payload/a/0/suffix          | is a"
            + " second operator",
        "{'payload':{'a':[{'prefix':5}]}}               | /payload/a/0/prefix          | must be a"
            + " string",
        "{'payload':{'a':[{'prefix':''}]}}              | /payload/a/0/prefix          | must not"
            + " be empty",
        "{'payload':{'a':[{'prefix':{'x':'y'}}]}}       | /payload/a/0/prefix/x        | must have"
            + " one member: equals-ignore-case",
        "{'payload':{'a':[{'wildcard':'a**'}]}}         | /payload/a/0/wildcard        | must not"
            + " have two stars in a row",
        "{'payload':{'a':[{'wildcard':'a\\\\b'}]}}      | /payload/a/0/wildcard        | must have"
            + " a star or a backslash after",
        "{'payload':{'a':[{'cidr':'10.0.0.0'}]}}        | /payload/a/0/cidr            | must be a"
            + " network",
        "{'payload':{'a':[{'exists':1}]}}               | /payload/a/0/exists          | must be"
            + " true or false",
        "{'payload':{'a':[{'numeric':5}]}}              | /payload/a/0/numeric         | must be [",
        "{'payload':{'a':[{'numeric':[]}]}}             | /payload/a/0/numeric         | must be [",
        "{'payload':{'a':[{'numeric':['>']}]}}          | /payload/a/0/numeric         | must be [",
        "{'payload':{'a':[{'numeric':['>','5']}]}}      | /payload/a/0/numeric         | must be [",
        "{'payload':{'a':[{'numeric':['<',5,'>',1]}]}}  | /payload/a/0/numeric         | must be [",
        "{'payload':{'a':[{'numeric':['!',5]}]}}        | /payload/a/0/numeric         | must be [",
        "{'payload':{'a':[{'numeric':['>',5,'<',5]}]}}  | /payload/a/0/numeric         | must have"
            + " the lower number first",
        "{'payload':{'a':[{'numeric':['>',1e400]}]}}    | /payload/a/0/numeric         | must have"
            + " numbers of at most 15 digits",
        "{'payload':{'a':[{'anything-but':null}]}}      | /payload/a/0/anything-but    | must be a"
            + " string, a number",
        "{'payload':{'a':[{'anything-but':[]}]}}        | /payload/a/0/anything-but    | must not"
            + " be empty",
        "{'payload':{'a':[{'anything-but':[true]}]}}    | /payload/a/0/anything-but/0  | must be a"
            + " string or a number",
        "{'payload':{'a':[{'anything-but':['x',1]}]}}   | /payload/a/0/anything-but    | must have"
            + " either strings or numbers",
        "{'payload':{'a':[{'anything-but':{'cidr':1}}]}}| /payload/a/0/anything-but/cidr | must"
            + " have one member: equals-ignore-case, prefix",
        "{'payload':{'a':{'numeric':['>',1]}}}          | /payload/a/numeric           | must stand"
            + " in an array",
        "{'$or':{'type':['x']}}                         | /$or                         | must be an"
            + " array of objects",
        "{'$or':[{'type':['x']}]}                       | /$or                         | must have"
            + " at least two objects",
        "{'$or':[{'type':['x']},5]}                     | /$or/1                       | must be an"
            + " object",
        "{'type':['x'],'$or':[{'type':['y']},{'key':['k']}]} | /$or/0/type             | is a"
            + " second condition on type",
        "{'payload':{'a':[1],'$or':[{'a':{'b':[1]}},{'c':[1]}]}} | /payload/$or/0/a/b  | is a"
            + " second condition on payload.a.b",
        "{'type':['x'],'type':['y']}                    | /type                        | is given"
            + " twice",
        "{'payload':{'a/b':1}}                          | /payload/a~1b                | must be an"
            + " array of conditions",
        "{'type':['x']                                  |                              | must be"
            + " JSON",
        "{'type':['x']} x                               |                              | must be"
            + " JSON"
      })
  void unclearPattern_isRefusedAtItsPlace(String pattern, String pointer, String detail) {
    assertThat(problems(pattern.replace('\'', '"')))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.name()).isEqualTo(pointer == null ? "" : pointer);
              assertThat(problem.detail()).startsWith(detail);
            });
  }

  @Test
  void allProblems_areNamed() {
    assertThat(problems("{\"data\":[1],\"type\":5,\"payload\":{\"a\":[{\"x\":1}]}}"))
        .extracting(FieldProblem::name)
        .containsExactly("/data", "/type", "/payload/a/0/x");
    assertThat(problems(members(100, index -> "\"x" + index + "\":[1]"))).hasSize(20);
  }

  private interface Member {
    String of(int index);
  }

  private static String members(int count, Member member) {
    return IntStream.range(0, count)
        .mapToObj(member::of)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String payload(String conditions) {
    return "{\"payload\":" + conditions + "}";
  }

  @Test
  void limits_areExact() {
    assertThat(problems(payload(members(64, index -> "\"x" + index + "\":[1]")))).isEmpty();
    assertThat(problems(payload(members(65, index -> "\"x" + index + "\":[1]"))))
        .singleElement()
        .asString()
        .contains("at most 64 conditions");
    assertThat(problems(nested(16))).isEmpty();
    assertThat(problems(nested(17))).singleElement().asString().contains("at most 16 levels");
    String longest = "{\"type\":[\"" + "x".repeat(4_096 - 13) + "\"]}";
    assertThat(problems(longest)).isEmpty();
    assertThat(problems(longest + " ")).singleElement().asString().contains("at most 4096 char");
  }

  private static String nested(int levels) {
    return "{\"payload\":" + "{\"a\":".repeat(levels - 2) + "[1]" + "}".repeat(levels - 1);
  }

  /// A look-up decides about a list of values, whatever its length.
  @Test
  void listOfValues_countsAsOneCondition() {
    String values =
        IntStream.range(0, 500).mapToObj(Integer::toString).collect(Collectors.joining(","));

    assertThat(problems(payload("{\"a\":[" + values + "]}"))).isEmpty();
    assertThat(problems(payload("{\"a\":[{\"anything-but\":[" + values + "]}]}"))).isEmpty();
  }

  @Test
  void alternativesSideBySide_areLimited() {
    String pairs =
        IntStream.range(0, 12)
            .mapToObj(index -> "\"m" + index + "\":{\"$or\":[{\"a\":[1]},{\"b\":[1]}]}")
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(problems(payload(pairs)))
        .singleElement()
        .asString()
        .contains("at most 500 conditions when each $or is multiplied out");
  }
}
