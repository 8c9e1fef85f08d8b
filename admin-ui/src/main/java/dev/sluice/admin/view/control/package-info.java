/// Controls, dialogs and texts that all screens share.
@NullMarked
package dev.sluice.admin.view.control;

import org.jspecify.annotations.NullMarked;
