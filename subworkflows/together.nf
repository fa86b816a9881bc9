// Channels of [ meta, what ] as one channel of [ meta, map ]: what each gives of the same meta, by the name of the channel.
def together(channels) {
    def names = channels.keySet().toList()
    return channels.values()
        .inject { joined, channel -> joined.join(channel) }
        .map { row -> [row[0], [names, row.tail()].transpose().collectEntries()] }
}
