package io.netty.channel;

public interface ChannelHandlerContext {
    Channel channel();
    ChannelFuture writeAndFlush(Object msg);
    ChannelHandlerContext fireChannelRead(Object msg);
    ChannelFuture close();
}
