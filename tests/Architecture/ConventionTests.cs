using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FundingFlows.Architecture.Tests;

/// <summary>Conventions that a compiler does not know.</summary>
public sealed class ConventionTests
{
    private const int MostLinesOfAMethod = 70;
    private const int MostLinesOfAGrpcMethod = 25;
    private const int MostLinesOfAProgram = 25;
    private const int MostLinesOfAFile = 400;
    private const int UsualLinesOfAFile = 90;
    private static readonly string[] ProductFolders = ["services", "gateway", "apphost", "docs"];

    private static readonly IReadOnlyList<(string Path, CompilationUnitSyntax Code, int Lines)> Sources =
    [
        .. ProductFolders.Concat(["tests"]).SelectMany(folder => Repository.Files("*.cs", folder)).Select(path =>
        {
            var text = File.ReadAllText(path);
            return (Repository.Relative(path), CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot(), text.Count(c => c == '\n'));
        }),
    ];

    [Fact]
    public void Method_Anywhere_IsAtMost70Lines() =>
        Assert.Empty(Methods().Where(method => method.Lines > MostLinesOfAMethod).Select(method => $"{method.Path}: {method.Name} has {method.Lines} lines"));

    [Fact]
    public void GrpcMethod_Anywhere_IsAtMost25Lines() =>
        Assert.Empty(GrpcMethods().Where(method => method.Lines > MostLinesOfAGrpcMethod).Select(method => $"{method.Path}: {method.Name} has {method.Lines} lines"));

    [Fact]
    public void GrpcMethod_ThatWaits_PassesTheCancellationTokenOn() =>
        Assert.Empty(GrpcMethods()
            .Where(method => method.Node.DescendantNodes().OfType<AwaitExpressionSyntax>().Any() && !method.Node.ToString().Contains("context.CancellationToken", StringComparison.Ordinal))
            .Select(method => $"{method.Path}: {method.Name}"));

    [Fact]
    public void GrpcMethods_AreFound() => Assert.True(GrpcMethods().Count() > 30);

    [Fact]
    public void Program_OfEveryService_IsShortAndOfOneShape()
    {
        var programs = Sources.Where(source => source.Path.EndsWith("/Program.cs", StringComparison.Ordinal)
            && (source.Path.StartsWith("services/", StringComparison.Ordinal) || source.Path.StartsWith("gateway/", StringComparison.Ordinal))
            // A program of the command line, and no service.
            && source.Path != "services/Verifier/Program.cs").ToList();
        Assert.True(programs.Count >= 6);
        Assert.All(programs, program =>
        {
            Assert.True(program.Lines <= MostLinesOfAProgram, $"{program.Path} has {program.Lines} lines");
            var statements = program.Code.Members.OfType<GlobalStatementSyntax>().Select(statement => statement.Statement.ToString()).ToList();
            Assert.Equal("var builder = WebApplication.CreateBuilder(args);", statements[0]);
            Assert.StartsWith("builder.Add", statements[1], StringComparison.Ordinal);
            Assert.Contains("var app = builder.Build();", statements);
            Assert.Equal("await app.RunAsync();", statements[^1]);
        });
    }

    [Fact]
    public void File_OfTheProduct_IsShort()
    {
        var product = Sources.Where(source => ProductFolders.Any(folder => source.Path.StartsWith(folder + "/", StringComparison.Ordinal))).ToList();
        Assert.Empty(product.Where(source => source.Lines > MostLinesOfAFile).Select(source => $"{source.Path} has {source.Lines} lines"));
        Assert.InRange(product.Select(source => source.Lines).Order().ElementAt(product.Count / 2), 1, UsualLinesOfAFile);
    }

    [Fact]
    public void Type_OfAService_SaysWhatItStandsFor()
    {
        var silent = Sources.Where(source => source.Path.StartsWith("services/", StringComparison.Ordinal))
            .SelectMany(source => source.Code.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                .Where(type => !type.Modifiers.Any(SyntaxKind.PrivateKeyword) && !type.GetLeadingTrivia().ToString().Contains("<summary>", StringComparison.Ordinal))
                .Select(type => $"{source.Path}: {type.Identifier}"));
        Assert.Empty(silent);
    }

    [Fact]
    public void Refusal_OfEveryCommand_SaysWhatItRefuses()
    {
        var values = Sources.Where(source => source.Path.StartsWith("services/shared/", StringComparison.Ordinal))
            .SelectMany(source => source.Code.DescendantNodes().OfType<EnumDeclarationSyntax>().Where(type => type.Identifier.Text.EndsWith("Refusal", StringComparison.Ordinal)))
            .SelectMany(type => type.Members.Select(member => (Type: type.Identifier.Text, Member: member))).ToList();
        Assert.True(values.Count > 50);
        Assert.All(values, value =>
        {
            Assert.Contains(value.Member.AttributeLists.SelectMany(list => list.Attributes), attribute => attribute.Name.ToString() == "Refuses");
            Assert.True(value.Member.GetLeadingTrivia().ToString().Contains("<summary>", StringComparison.Ordinal), $"{value.Type}.{value.Member.Identifier} says nothing.");
        });
    }

    [Fact]
    public void Namespace_OfAFile_IsThatOfItsProject()
    {
        var wrong = Sources.GroupBy(source => ProjectOf(source.Path)).Select(project => (
            project.Key,
            Namespaces: project.SelectMany(source => source.Code.Members.OfType<FileScopedNamespaceDeclarationSyntax>()).Select(space => space.Name.ToString()).Distinct().ToList()))
            .Where(project => project.Namespaces.Count > 1)
            .Select(project => $"{project.Key}: {string.Join(", ", project.Namespaces)}");
        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Path, string Name, int Lines, MethodDeclarationSyntax Node)> Methods() => Sources.SelectMany(source =>
        source.Code.DescendantNodes().OfType<MethodDeclarationSyntax>().Select(method =>
        {
            var span = method.GetLocation().GetLineSpan();
            return (source.Path, method.Identifier.Text, span.EndLinePosition.Line - span.StartLinePosition.Line + 1, method);
        }));

    private static IEnumerable<(string Path, string Name, int Lines, MethodDeclarationSyntax Node)> GrpcMethods() => Methods().Where(method =>
        method.Path.StartsWith("services/", StringComparison.Ordinal)
        && method.Node.Parent is ClassDeclarationSyntax { BaseList: { } bases } && bases.ToString().Contains("ServiceBase", StringComparison.Ordinal)
        && method.Node.Modifiers.Any(SyntaxKind.OverrideKeyword)
        && method.Node.ParameterList.Parameters.Any(parameter => parameter.Type?.ToString() == "ServerCallContext"));

    /// <summary>The folder of the nearest project above a file.</summary>
    private static string ProjectOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj").Any())
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
