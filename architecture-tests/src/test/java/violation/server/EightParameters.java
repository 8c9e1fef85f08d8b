package violation.server;

/// A constructor whose parameters should be a record.
public final class EightParameters {

  final int sum;

  EightParameters(int a, int b, int c, int d, int e, int f, int g, int h) {
    sum = a + b + c + d + e + f + g + h;
  }
}
