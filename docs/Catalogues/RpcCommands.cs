using FundingFlows.Ledger;
using Google.Protobuf.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FundingFlows.Catalogues;

/// <summary>Which method of the API gives which command: what the services make of a method's request, read from their source.</summary>
internal sealed class RpcCommands
{
    private readonly List<(MethodDescriptor Method, Type Command)> pairs;

    private RpcCommands(List<(MethodDescriptor Method, Type Command)> pairs) => this.pairs = pairs;

    /// <summary>The methods that give commands, in the order of the contracts. Throws where a method takes a command id and gives none.</summary>
    public static RpcCommands Read(string root)
    {
        var commands = typeof(ICommand).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ICommand)) && type.IsClass).ToDictionary(type => type.Name);
        var made = (from path in Directory.EnumerateFiles(Path.Combine(root, "services"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    from method in CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetCompilationUnitRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
                    from command in method.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().Select(creation => $"{creation.Type}").Where(commands.ContainsKey)
                    from parameter in method.ParameterList.Parameters
                    select (Request: $"{parameter.Type}".Split('.')[^1], Command: commands[command])).ToLookup(one => one.Request, one => one.Command);
        var methods = ContractDescriptors.Services().SelectMany(service => service.Methods).Where(method => method.InputType.FindFieldByName("command_id") is not null).ToList();
        if (methods.FirstOrDefault(method => !made.Contains(method.InputType.Name)) is { } silent)
            throw new InvalidOperationException($"No method of a service takes a {silent.InputType.Name} and makes a command of it.");
        return new RpcCommands([.. methods.SelectMany(method => made[method.InputType.Name].Distinct().Select(command => (method, command)))]);
    }

    /// <summary>The enumerations of refusals of all commands that methods give, each once, with the methods.</summary>
    public IEnumerable<(Type Refusals, IReadOnlyList<MethodDescriptor> Methods)> ByRefusals() =>
        pairs.GroupBy(pair => Refusals(pair.Command), pair => pair.Method).Select(group => (group.Key, (IReadOnlyList<MethodDescriptor>)[.. group.Distinct()]));

    private static Type Refusals(Type command) =>
        command.Assembly.GetType($"{command.FullName}Refusal") ?? throw new InvalidOperationException($"{command.Name} has no enumeration {command.Name}Refusal.");
}
