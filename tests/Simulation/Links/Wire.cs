using System.Buffers;
using Google.Protobuf;

namespace FundingFlows.Simulation;

/// <summary>Makes bytes of messages and messages of bytes, as a wire does: nothing that one side holds is ever held by the other.</summary>
internal static class Wire
{
    public static byte[] Write<T>(T message) where T : class => ((IMessage)(object)message).ToByteArray();

    public static T Read<T>(Marshaller<T> marshaller, byte[] bytes) => marshaller.ContextualDeserializer(new Arrived(bytes));

    private sealed class Arrived(byte[] bytes) : DeserializationContext
    {
        public override int PayloadLength => bytes.Length;

        public override byte[] PayloadAsNewBuffer() => [.. bytes];

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(bytes);
    }
}
