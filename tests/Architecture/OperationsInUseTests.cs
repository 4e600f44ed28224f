using System.Reflection;
using FundingFlows.Contracts.Journal.V1;
using Google.Protobuf.Reflection;

namespace FundingFlows.Architecture.Tests;

/// <summary>The sample year leaves no operation out. (That each is accepted there, its own tests see in the journals.)</summary>
public sealed class OperationsInUseTests
{
    private static readonly string Played = string.Join('\n', Repository.Files("*.cs", "apphost/Local/Playing").Select(File.ReadAllText));

    /// <summary>Every call of the contracts that is a command.</summary>
    public static TheoryData<string> Commands =>
    [
        .. typeof(Fact).Assembly.GetTypes().Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)).OfType<FileDescriptor>()
            .SelectMany(file => file.Services).SelectMany(service => service.Methods)
            .Where(method => method.InputType.FindFieldByName("command_id") is not null).Select(method => method.Name),
    ];

    [Fact]
    public void Commands_OfTheContracts_AreMany() => Assert.InRange(Commands.Count, 50, 200);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_OfTheContracts_IsGivenInTheSampleYear(string command) => Assert.Contains($".{command}Async(", Played, StringComparison.Ordinal);
}
