package violation.adapter.memory;

import org.apache.hc.client5.http.classic.HttpClient;

/// An HTTP client outside of its adapter.
record SendsRequests(HttpClient client) {}
