/// What operators see and do: look things up, replay, cancel, statistics, retention.
@NullMarked
package dev.sluice.application.operate;

import org.jspecify.annotations.NullMarked;
