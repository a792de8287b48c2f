package graphql.schema;

public interface DataFetchingEnvironment {
    <T> T getArgument(String name);
}
