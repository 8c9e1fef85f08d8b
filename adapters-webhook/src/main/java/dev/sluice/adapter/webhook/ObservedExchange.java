package dev.sluice.adapter.webhook;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// Sends a request over a connection, and notes in the attempt when the head of the response came,
/// or that the connection was already dead.
final class ObservedExchange extends HttpRequestExecutor {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback informed,
      HttpContext context)
      throws IOException, HttpException {
    RequestProgress attempt = RequestProgress.current();
    attempt.began(RequestPhase.EXCHANGE);
    EndpointDetails endpoint = connection.getEndpointDetails();
    boolean isReused = endpoint != null && endpoint.getResponseCount() > 0;
    long received = isReused ? endpoint.getReceivedBytesCount() : 0;
    try {
      ClassicHttpResponse response = super.execute(request, connection, informed, context);
      attempt.headRead();
      return response;
    } catch (IOException e) {
      if (isReused && endpoint.getReceivedBytesCount() == received) {
        attempt.foundStaleConnection();
      }
      throw e;
    }
  }
}
