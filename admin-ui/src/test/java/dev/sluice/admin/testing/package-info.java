/// A fake service, a manual timer and other helpers that tests share.
@NullMarked
package dev.sluice.admin.testing;

import org.jspecify.annotations.NullMarked;
