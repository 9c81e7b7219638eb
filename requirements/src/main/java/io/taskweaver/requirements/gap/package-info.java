/** What of the requirements the existing code meets already, with evidence. */
@NullMarked
package io.taskweaver.requirements.gap;

import org.jspecify.annotations.NullMarked;
