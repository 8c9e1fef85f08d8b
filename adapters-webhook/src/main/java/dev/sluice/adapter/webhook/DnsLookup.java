package dev.sluice.adapter.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Finds the addresses of a host, as `InetAddress.getAllByName` does. It may block for long and
/// need not react to interrupts.
@FunctionalInterface
interface DnsLookup {

  InetAddress[] addressesOf(String host) throws UnknownHostException;
}
