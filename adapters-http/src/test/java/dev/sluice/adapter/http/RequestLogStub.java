package dev.sluice.adapter.http;

import dev.sluice.adapter.http.HttpSettings.AnsweredRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Collects failed requests.
public final class RequestLogStub implements HttpSettings.RequestLog {

  private final List<AnsweredRequest> requests = new CopyOnWriteArrayList<>();

  @Override
  public boolean wants(int status, long nanos) {
    return status >= 400;
  }

  @Override
  public void answered(AnsweredRequest request) {
    requests.add(request);
  }

  @Override
  public long dropped() {
    return 7;
  }

  public List<AnsweredRequest> requests() {
    return List.copyOf(requests);
  }
}
