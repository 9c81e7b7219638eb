@NullMarked
package io.taskweaver.client.refine;

import org.jspecify.annotations.NullMarked;
