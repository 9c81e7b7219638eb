/** Tests of the interface service. */
@NullMarked
package io.taskweaver.interfaces;

import org.jspecify.annotations.NullMarked;
