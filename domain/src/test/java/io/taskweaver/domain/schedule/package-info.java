/** The rules of scheduling, as stories and as properties. */
@NullMarked
package io.taskweaver.domain.schedule;

import org.jspecify.annotations.NullMarked;
