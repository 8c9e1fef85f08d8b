/// The activity log: what operators did, kept so that any change to it is detected.
@NullMarked
package dev.sluice.application.activity;

import org.jspecify.annotations.NullMarked;
