package dev.sluice.adapter.webhook.receiver;

/// How the receiver responds to a request.
///
/// @param reason why, for the person who watches and for the sender
record ReceiverResponse(int status, String reason) {

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
