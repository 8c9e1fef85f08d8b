/// A service that answers as told, time that is moved by hand, and other things that tests share.
@NullMarked
package dev.sluice.admin.testing;

import org.jspecify.annotations.NullMarked;
