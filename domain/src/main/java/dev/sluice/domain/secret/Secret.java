package dev.sluice.domain.secret;

/// A text that only its owner and its receiver may know.
public sealed interface Secret {

  /// As its owner gave it. Never stored, logged or shown; its text form is masked.
  ///
  /// @param reveal the secret itself
  record Plain(String reveal) implements Secret {

    @Override
    public String toString() {
      return "Plain[…]";
    }
  }

  /// As it is stored.
  ///
  /// @param text made and understood by the adapter that needs the secret
  record Encrypted(String text) implements Secret {}
}
