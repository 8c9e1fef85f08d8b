package dev.sluice.adapter.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A doubly linked list whose links lie in its members: adding, and removing anywhere, is O(1) and
/// makes no garbage.
///
/// @param <V> what it holds
final class Chain<V> {

  private @Nullable Link<V> first;
  private @Nullable Link<V> last;

  /// A member's place in a chain; a value has one link per chain it can be in.
  static final class Link<V> {
    private final V value;
    private @Nullable Link<V> previous;
    private @Nullable Link<V> next;
    private @Nullable Chain<V> chain;

    Link(V value) {
      this.value = value;
    }

    /// Leaves the chain it is in, if any.
    void leave() {
      if (chain != null) {
        chain.remove(this);
      }
    }
  }

  @Nullable V first() {
    return first == null ? null : first.value;
  }

  List<V> toList() {
    var values = new ArrayList<V>();
    for (Link<V> link = first; link != null; link = link.next) {
      values.add(link.value);
    }
    return values;
  }

  void addLast(Link<V> link) {
    link.leave();
    link.chain = this;
    link.previous = last;
    if (last == null) {
      first = link;
    } else {
      last.next = link;
    }
    last = link;
  }

  void addFirst(Link<V> link) {
    link.leave();
    link.chain = this;
    link.next = first;
    if (first == null) {
      last = link;
    } else {
      first.previous = link;
    }
    first = link;
  }

  private void remove(Link<V> link) {
    if (link.previous == null) {
      first = link.next;
    } else {
      link.previous.next = link.next;
    }
    if (link.next == null) {
      last = link.previous;
    } else {
      link.next.previous = link.previous;
    }
    link.previous = null;
    link.next = null;
    link.chain = null;
  }
}
