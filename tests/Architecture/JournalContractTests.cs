using FundingFlows.Contracts.Journal.V1;
using Google.Protobuf.Reflection;

namespace FundingFlows.Architecture.Tests;

/// <summary>What is in a journal stays there: entries that were written before a part of a fact was thought of must still be read.</summary>
public sealed class JournalContractTests
{
    [Fact]
    public void Part_AddedToAReleasedFact_IsOptional()
    {
        var released = FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(Repository.Root, "services/shared/Contracts/baseline.binpb"))).File
            .SelectMany(file => file.MessageType.Select(message => ($"{file.Package}.{message.Name}", message)))
            .ToDictionary(one => one.Item1, one => one.message.Field.Select(field => field.Number).ToHashSet());
        var seen = new HashSet<MessageDescriptor>();
        Reach(Entry.Descriptor, seen);
        Assert.True(seen.Count > 30, $"Only {seen.Count} messages are in journals.");

        var required = seen.Where(message => released.ContainsKey(message.FullName))
            .SelectMany(message => message.Fields.InDeclarationOrder().Where(field => !released[message.FullName].Contains(field.FieldNumber)))
            .Where(field => field is { FieldType: FieldType.Message, IsRepeated: false, ContainingOneof: null });

        Assert.Empty(required.Select(field => field.FullName));
    }

    private static void Reach(MessageDescriptor message, HashSet<MessageDescriptor> seen)
    {
        if (!seen.Add(message))
            return;
        foreach (var field in message.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
            Reach(field.MessageType, seen);
    }
}
