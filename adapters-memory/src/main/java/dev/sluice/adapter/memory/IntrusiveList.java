package dev.sluice.adapter.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A doubly linked list whose members hold the links themselves: adding, and removing anywhere, is
/// O(1) and allocates no object, neither garbage nor one more to keep per event.
///
/// @param <M> its members; each is in one list at a time
final class IntrusiveList<M extends IntrusiveList.Member<M>> {

  private @Nullable M first;
  private @Nullable M last;

  /// What can be in a list.
  abstract static class Member<M extends Member<M>> {
    private @Nullable M previous;
    private @Nullable M next;
    private @Nullable IntrusiveList<M> intrusiveList;
  }

  @Nullable M first() {
    return first;
  }

  List<M> toList() {
    var members = new ArrayList<M>();
    for (M member = first; member != null; member = next(member)) {
      members.add(member);
    }
    return members;
  }

  boolean contains(M member) {
    Member<M> links = member;
    return links.intrusiveList == this;
  }

  /// Returns the number of members before the first one that does not fit.
  ///
  /// @param limit the count stops here
  int countWhile(Predicate<M> fits, int limit) {
    int count = 0;
    for (M member = first;
        member != null && count < limit && fits.test(member);
        member = next(member)) {
      count++;
    }
    return count;
  }

  /// Adds a member that is in no list.
  void addLast(M member) {
    enter(member);
    link(last, member);
    link(member, null);
  }

  /// Adds a member that is in no list.
  void addFirst(M member) {
    enter(member);
    link(member, first);
    link(null, member);
  }

  /// Removes the member if it is in this list.
  void remove(M member) {
    Member<M> links = member;
    if (links.intrusiveList != this) {
      return;
    }
    link(links.previous, links.next);
    links.previous = null;
    links.next = null;
    links.intrusiveList = null;
  }

  private void enter(M member) {
    Member<M> links = member;
    if (links.intrusiveList != null) {
      throw new IllegalStateException(member + " is already in a list");
    }
    links.intrusiveList = this;
  }

  /// Makes the two neighbours; null stands for the end of the list.
  private void link(@Nullable M before, @Nullable M after) {
    if (before == null) {
      first = after;
    } else {
      setNext(before, after);
    }
    if (after == null) {
      last = before;
    } else {
      setPrevious(after, before);
    }
  }

  // A private field of the member's superclass is not visible through the type variable.

  private static <M extends Member<M>> @Nullable M next(Member<M> member) {
    return member.next;
  }

  private static <M extends Member<M>> void setNext(Member<M> member, @Nullable M next) {
    member.next = next;
  }

  private static <M extends Member<M>> void setPrevious(Member<M> member, @Nullable M previous) {
    member.previous = previous;
  }
}
