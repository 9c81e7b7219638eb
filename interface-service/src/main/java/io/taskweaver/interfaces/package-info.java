/** The interface service: answers the specification of a component with its contract. */
@NullMarked
package io.taskweaver.interfaces;

import org.jspecify.annotations.NullMarked;
