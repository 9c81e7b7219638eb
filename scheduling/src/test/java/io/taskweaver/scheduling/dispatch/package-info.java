/** The rules of scheduling, as stories and as properties. */
@NullMarked
package io.taskweaver.scheduling.dispatch;

import org.jspecify.annotations.NullMarked;
