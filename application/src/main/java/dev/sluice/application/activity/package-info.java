/// What operators did, kept so that nobody can change it unnoticed.
@NullMarked
package dev.sluice.application.activity;

import org.jspecify.annotations.NullMarked;
