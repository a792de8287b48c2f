package io.netty.channel;

public interface Channel {
    ChannelFuture writeAndFlush(Object msg);
    ChannelFuture close();
    boolean isActive();
}
