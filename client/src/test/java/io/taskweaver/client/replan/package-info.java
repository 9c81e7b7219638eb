@NullMarked
package io.taskweaver.client.replan;

import org.jspecify.annotations.NullMarked;
