@NullMarked
package io.taskweaver.client.codemap;

import org.jspecify.annotations.NullMarked;
