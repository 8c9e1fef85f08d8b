package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Each condition on one field of a payload.
final class ConditionsTest {

  private static void check(String conditions, List<String> matching, List<String> others) {
    String pattern = "{\"payload\":{\"a\":" + conditions.replace('\'', '"') + "}}";
    for (String value : matching) {
      assertThat(matches(pattern, value)).as("%s of %s", conditions, value).isTrue();
    }
    for (String value : others) {
      assertThat(matches(pattern, value)).as("%s of %s", conditions, value).isFalse();
    }
  }

  private static boolean matches(String pattern, String value) {
    return SampleEvent.matches(pattern, "{\"a\":" + value.replace('\'', '"') + "}");
  }

  @Test
  void value_isEqual() {
    check(
        "['x']", List.of("'x'", "['y','x']", "'\\u0078'"), List.of("'X'", "{'x':1}", "[]", "null"));
    check("['']", List.of("''"), List.of("' '", "null"));
    check("[true]", List.of("true"), List.of("'true'", "false", "1"));
    check("[null]", List.of("null", "[1,null]"), List.of("'null'", "0", "[]"));
    check("['x',1,null]", List.of("'x'", "1", "null"), List.of("2", "'1'"));
  }

  @Test
  void numbers_areEqualByValue() {
    check("[100]", List.of("100", "100.0", "1e2", "[1,1E+2]"), List.of("'100'", "100.1"));
    check("[0]", List.of("0", "-0", "0.0"), List.of("1e-300", "null", "false"));
    check(
        "[12345678901234567890]",
        List.of("12345678901234567890"),
        List.of("12345678901234567891", "12345678901234567890.0", "1.234567890123456789e19"));
  }

  @Test
  void addressOfVersion6_isEqualInEachSpelling() {
    check("['2001:db8::1']", List.of("'2001:DB8:0::1'"), List.of("'2001:db8::2'", "'x'"));
  }

  @Test
  void prefixAndSuffix_areOfTexts() {
    check("[{'prefix':'ab'}]", List.of("'ab'", "'abc'"), List.of("'xab'", "'a'", "'Abc'"));
    check("[{'suffix':'.png'}]", List.of("'a.png'", "'.png'"), List.of("'a.pngx'", "'png'"));
    check("[{'prefix':'1'}]", List.of("'12'"), List.of("12", "1"));
  }

  @Test
  void caseMayBeIgnored() {
    check("[{'equals-ignore-case':'aBc'}]", List.of("'ABC'", "'abc'"), List.of("'abcd'", "'ab'"));
    check("[{'prefix':{'equals-ignore-case':'aB'}}]", List.of("'abx'"), List.of("'xab'"));
    check("[{'suffix':{'equals-ignore-case':'.PNG'}}]", List.of("'a.png'"), List.of("'a.pn'"));
    check("[{'equals-ignore-case':'Ä'}]", List.of("'ä'", "'Ä'"), List.of("'a'"));
  }

  @Test
  void wildcard_matchesTexts() {
    check("[{'wildcard':'a*c*'}]", List.of("'ac'", "'abcd'"), List.of("'abd'", "'xac'"));
    check("[{'wildcard':'*'}]", List.of("''", "'x'"), List.of("1", "true", "null"));
    check("[{'wildcard':'a\\\\*'}]", List.of("'a*'"), List.of("'ab'"));
  }

  @Test
  void anythingBut_needsAValueThatIsNotExcluded() {
    check("[{'anything-but':'x'}]", List.of("'y'", "1", "null", "['x','y']"), List.of("'x'", "[]"));
    check("[{'anything-but':['x','y']}]", List.of("'z'"), List.of("'x'", "['y','x']", "{}"));
    check("[{'anything-but':1}]", List.of("2", "'1'", "null"), List.of("1.0", "1"));
    check("[{'anything-but':[1,2]}]", List.of("3", "'1'"), List.of("1.0", "2"));
    check("[{'anything-but':{'prefix':'a'}}]", List.of("'b'", "1"), List.of("'ab'"));
    check("[{'anything-but':{'suffix':['a','b']}}]", List.of("'c'"), List.of("'xa'", "'xb'"));
    check("[{'anything-but':{'wildcard':'a*c'}}]", List.of("'ab'", "1"), List.of("'abc'"));
    check("[{'anything-but':{'equals-ignore-case':'a'}}]", List.of("'b'"), List.of("'A'"));
  }

  @Test
  void numeric_isARange() {
    check("[{'numeric':['=',5]}]", List.of("5", "5.0"), List.of("'5'", "6"));
    check("[{'numeric':['>',0,'<=',5]}]", List.of("0.1", "5"), List.of("0", "5.1", "'1'"));
    check("[{'numeric':['<',0]}]", List.of("-1", "-1e300"), List.of("0", "-0.0", "true"));
    check("[{'numeric':['>=',0]}]", List.of("-0", "1e300"), List.of("-1e-300"));
    check("[{'numeric':['>',0]}]", List.of("1"), List.of("1e400", "12345678901234567890"));
  }

  @Test
  void exists_isAboutValues() {
    check(
        "[{'exists':true}]", List.of("null", "''", "[1]", "[[1]]"), List.of("[]", "{}", "{'b':1}"));
    check("[{'exists':false}]", List.of("[]", "{}", "{'b':1}", "[{}]"), List.of("null", "[1]"));
    check("['x',{'exists':false}]", List.of("'x'", "[]"), List.of("'y'"));
    assertThat(SampleEvent.matches("{\"payload\":{\"a\":[{\"exists\":false}]}}", "{}")).isTrue();
    assertThat(SampleEvent.matches("{\"payload\":{\"a\":[{\"exists\":true}]}}", "5")).isFalse();
  }

  @Test
  void cidr_isOfAddresses() {
    check("[{'cidr':'10.0.0.0/8'}]", List.of("'10.1.2.3'"), List.of("'11.0.0.1'", "'x'", "10"));
    check("[{'cidr':'2001:db8::/32'}]", List.of("'2001:db8::5'"), List.of("'2001:db9::5'"));
  }

  @Test
  void alternatives_mayBeAnywhere() {
    String pattern = "{'$or':[{'type':['u']},{'payload':{'$or':[{'a':[1]},{'b':{'c':[2]}}]}}]}";

    assertThat(matches(pattern.replace('\'', '"'), "1")).isTrue();
    assertThat(matches(pattern.replace('\'', '"'), "2")).isFalse();
    assertThat(SampleEvent.matches(pattern.replace('\'', '"'), "{\"b\":{\"c\":2}}")).isTrue();
  }

  /// Event-ruler does not distinguish a dot in a name from a level.
  @Test
  void dotInAName_isPartOfTheName() {
    String pattern = "{\"payload\":{\"a.b\":[1]}}";

    assertThat(SampleEvent.matches(pattern, "{\"a.b\":1}")).isTrue();
    assertThat(SampleEvent.matches(pattern, "{\"a\":{\"b\":1}}")).isFalse();
  }
}
