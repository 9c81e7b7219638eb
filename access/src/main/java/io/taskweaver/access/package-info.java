/** What every service asks of an HTTP request before it does anything for it: who sends it, from where, and how much. */
@NullMarked
package io.taskweaver.access;

import org.jspecify.annotations.NullMarked;
