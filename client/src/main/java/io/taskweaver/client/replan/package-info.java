/** Going on from an earlier run: its finished work stays finished. */
@NullMarked
package io.taskweaver.client.replan;

import org.jspecify.annotations.NullMarked;
