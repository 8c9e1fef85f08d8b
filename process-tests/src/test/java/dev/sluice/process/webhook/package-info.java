/// Tests of webhooks that packaged services send as separate processes, to receivers in the test.
@NullMarked
package dev.sluice.process.webhook;

import org.jspecify.annotations.NullMarked;
