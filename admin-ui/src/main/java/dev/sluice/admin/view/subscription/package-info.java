/// The subscriptions screen: the list, the page of a subscription, and the form.
@NullMarked
package dev.sluice.admin.view.subscription;

import org.jspecify.annotations.NullMarked;
